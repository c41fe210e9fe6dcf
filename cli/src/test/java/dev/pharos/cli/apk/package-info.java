// SPDX-License-Identifier: Apache-2.0
/// Tests of packages for apk.
@NullMarked
package dev.pharos.cli.apk;

import org.jspecify.annotations.NullMarked;
