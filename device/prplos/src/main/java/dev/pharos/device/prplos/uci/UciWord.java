// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

/// One word of a UCI file, without its quotes.
///
/// @param start in the text of the file, with its quotes
/// @param end behind the last character of it
record UciWord(String text, int start, int end) {}
