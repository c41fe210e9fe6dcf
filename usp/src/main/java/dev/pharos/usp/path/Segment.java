// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

/// One step of a [PathName] between two dots.
public sealed interface Segment {

    /// The name of an object or of a parameter on the way of a reference.
    record Name(String name) implements Segment {
        @Override
        public String toString() {
            return name;
        }
    }

    /// An Instance Number, 1 or greater.
    record Instance(long number) implements Segment {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /// `*`: every row.
    record Wildcard() implements Segment {
        @Override
        public String toString() {
            return "*";
        }
    }

    /// `[A==1&&B=="x"]`: every row that meets all conditions.
    record Search(SearchExpression expression) implements Segment {
        @Override
        public String toString() {
            return expression.toString();
        }
    }

    /// `Name+`, `Name#2+` or `Name#*+`: go on at the object, or objects, that the parameter refers to.
    ///
    /// @param item the 1-based item of a list, [#EVERY_ITEM] for all; 1 where none is written
    record Follow(String parameter, int item) implements Segment {
        public static final int EVERY_ITEM = 0;

        @Override
        public String toString() {
            if (item == EVERY_ITEM) {
                return parameter + "#*+";
            }
            return item == 1 ? parameter + "+" : parameter + "#" + item + "+";
        }
    }

    /// `{i}`: stands for any row, in paths of the supported data model only.
    record Placeholder() implements Segment {
        @Override
        public String toString() {
            return "{i}";
        }
    }
}
