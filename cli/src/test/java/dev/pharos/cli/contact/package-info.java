// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.cli.contact;

import org.jspecify.annotations.NullMarked;
