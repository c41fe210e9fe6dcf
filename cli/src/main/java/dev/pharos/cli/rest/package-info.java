// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.cli.rest;

import org.jspecify.annotations.NullMarked;
