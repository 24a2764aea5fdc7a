// For a module of Kotlin, Kotlin Multiplatform or Android; the paths are those of this folder.
plugins {
  kotlin("jvm")
  id("com.apollographql.apollo") version "4.3.3"
}

dependencies {
  implementation("com.apollographql.apollo:apollo-runtime:4.3.3")
  implementation("com.apollographql.apollo:apollo-normalized-cache-sqlite:4.3.3")
}

apollo {
  service("vitrail") {
    packageName.set("org.vitrail.client")
    schemaFiles.from("../../docs/schema.graphql")
    srcDir("../operations")
    operationManifestFormat.set("persistedQueryManifest")
    mapScalarToKotlinString("Date")
    mapScalarToKotlinString("DateTime")
    mapScalar("JSON", "kotlin.Any", "com.apollographql.apollo.api.AnyAdapter")
  }
}
