// SPDX-License-Identifier: Apache-2.0
/// Configuration and log files of devices: asked for, received, kept, and given back.
@NullMarked
package dev.pharos.server.files;

import org.jspecify.annotations.NullMarked;
