// SPDX-License-Identifier: Apache-2.0
/// The query language: which devices, by what is known of them and by the parameters of their twins. One language for
/// the list, the command line and everything that is done to many devices.
@NullMarked
package dev.pharos.controller.query;

import org.jspecify.annotations.NullMarked;
