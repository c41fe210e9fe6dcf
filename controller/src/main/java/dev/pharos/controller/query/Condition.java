// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What a device must meet to be meant by a query. [QueryParser] reads it from text.
public sealed interface Condition {

    /// Every device meets it.
    Condition EVERYTHING = new All(List.of());

    /// @param conditions each of which is to be met; none for every device
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = Frozen.list(conditions);
        }
    }

    /// @param conditions one of which is to be met
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = Frozen.list(conditions);
        }
    }

    record Not(Condition condition) implements Condition {}

    /// The id, manufacturer, model, product class, serial number or software version contains it, in any case.
    record Word(String text) implements Condition {}

    /// A text of the inventory; letters A to Z count in any case.
    record TextIs(TextAttribute attribute, TextComparison comparison, String value) implements Condition {}

    record FlagIs(Flag flag, boolean value) implements Condition {}

    record TimeIs(TimeAttribute attribute, Order order, Moment moment) implements Condition {}

    /// @param score 0 to 100; a device that nobody has looked at yet meets none
    record HealthIs(Order order, int score) implements Condition {}

    record Tagged(String tag) implements Condition {}

    /// The saved query of this name means it. Stores know no groups: whoever does puts its condition in place of this
    /// with [Groups].
    record InGroup(String name) implements Condition {}

    /// A parameter whose last known value meets it, in any row that the path stands for. The value of a secret is not
    /// known, and so meets nothing.
    record ParameterIs(ParameterPattern path, ValueTest test) implements Condition {}
}
