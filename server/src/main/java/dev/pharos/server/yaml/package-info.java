// SPDX-License-Identifier: Apache-2.0
/// What people write into files, as YAML, with the line in which each part stands.
@NullMarked
package dev.pharos.server.yaml;

import org.jspecify.annotations.NullMarked;
