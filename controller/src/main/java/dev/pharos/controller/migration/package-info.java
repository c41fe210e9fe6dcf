/// The way of a device from TR-069 to USP: step by step, each kept, with a way back from every one of them.
///
/// Start with [MigrationRunner].
@org.jspecify.annotations.NullMarked
package dev.pharos.controller.migration;
