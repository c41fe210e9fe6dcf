// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What the value of a parameter is compared with.
public sealed interface ValueTest {

    /// What counts as a number: decimal, of at most 18 digits before and after the point.
    Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?");

    /// As the device writes it, letter by letter.
    record Text(TextComparison comparison, String value) implements ValueTest {}

    /// `true` or `1`, and `false` or `0`, as TR-106 writes a boolean.
    record Truth(boolean value) implements ValueTest {}

    /// A value that is no number does not meet it.
    record Numeric(Order order, BigDecimal value) implements ValueTest {}
}
