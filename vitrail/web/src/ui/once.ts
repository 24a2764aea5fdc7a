/** Make a form's sender: while it is at it, it does not begin again, however often it is clicked. */
export function once(work: () => Promise<unknown>): (event: SubmitEvent) => void {
  let isAtIt = false;
  return (event) => {
    event.preventDefault();
    if (isAtIt) return;
    isAtIt = true;
    void work().finally(() => {
      isAtIt = false;
    });
  };
}
