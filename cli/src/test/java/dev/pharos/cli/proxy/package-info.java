// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.cli.proxy;

import org.jspecify.annotations.NullMarked;
