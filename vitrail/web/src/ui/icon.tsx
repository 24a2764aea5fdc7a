import type { JSX } from "solid-js";
import ArrowLeft from "lucide-static/icons/arrow-left.svg?raw";
import Copy from "lucide-static/icons/copy.svg?raw";
import Eye from "lucide-static/icons/eye.svg?raw";
import EyeOff from "lucide-static/icons/eye-off.svg?raw";
import File from "lucide-static/icons/file.svg?raw";
import Image from "lucide-static/icons/image.svg?raw";
import Layers from "lucide-static/icons/layers.svg?raw";
import Monitor from "lucide-static/icons/monitor.svg?raw";
import Moon from "lucide-static/icons/moon.svg?raw";
import MousePointerClick from "lucide-static/icons/mouse-pointer-click.svg?raw";
import Palette from "lucide-static/icons/palette.svg?raw";
import Plus from "lucide-static/icons/plus.svg?raw";
import Redo from "lucide-static/icons/redo-2.svg?raw";
import Search from "lucide-static/icons/search.svg?raw";
import Smartphone from "lucide-static/icons/smartphone.svg?raw";
import Square from "lucide-static/icons/square.svg?raw";
import Tablet from "lucide-static/icons/tablet.svg?raw";
import Trash from "lucide-static/icons/trash-2.svg?raw";
import Type from "lucide-static/icons/type.svg?raw";
import Undo from "lucide-static/icons/undo-2.svg?raw";
import X from "lucide-static/icons/x.svg?raw";

const ICONS = {
  back: ArrowLeft,
  copy: Copy,
  eye: Eye,
  eyeOff: EyeOff,
  file: File,
  image: Image,
  layers: Layers,
  desktop: Monitor,
  moon: Moon,
  button: MousePointerClick,
  palette: Palette,
  plus: Plus,
  redo: Redo,
  search: Search,
  mobile: Smartphone,
  box: Square,
  tablet: Tablet,
  trash: Trash,
  text: Type,
  undo: Undo,
  close: X,
};

export type IconName = keyof typeof ICONS;

/** An icon of the one set; its name for screen readers is on what holds it. */
export function Icon(props: { name: IconName; size?: number }): JSX.Element {
  return (
    <span
      class="icon"
      aria-hidden="true"
      style={{ "--icon": `${props.size ?? 18}px` }}
      innerHTML={ICONS[props.name]}
    />
  );
}
