// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import java.nio.file.Path;

/// A file or folder of the host that a container has too.
///
/// @param target within the container, absolute, and there in its root folder
/// @param writable else it can be read, and programs in it can be run
public record Bind(Path source, String target, boolean writable) {}
