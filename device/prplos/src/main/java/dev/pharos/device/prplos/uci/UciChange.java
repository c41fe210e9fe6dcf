// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Frozen;
import java.util.List;

/// One change of a UCI package.
public sealed interface UciChange {

    /// Writes an option, in place of a list of that name too; an empty value deletes it.
    record SetOption(String section, String option, String value) implements UciChange {
        @Override
        public String toString() {
            return section + "." + option + " set";
        }
    }

    /// Writes a whole list, in place of an option of that name too; an empty list deletes it.
    record SetItems(String section, String option, List<String> items) implements UciChange {
        public SetItems {
            items = Frozen.list(items);
        }

        @Override
        public String toString() {
            return section + "." + option + " set to " + items.size() + " items";
        }
    }

    /// Appends to a list.
    record AddItem(String section, String option, String value) implements UciChange {
        @Override
        public String toString() {
            return section + "." + option + " item added";
        }
    }

    /// Removes all items of a list that are equal to this.
    record RemoveItem(String section, String option, String value) implements UciChange {
        @Override
        public String toString() {
            return section + "." + option + " item removed";
        }
    }

    /// Removes one item of a list.
    ///
    /// @param index from 0
    record RemoveItemAt(String section, String option, int index) implements UciChange {}

    /// Removes an option or a whole list.
    record DeleteOption(String section, String option) implements UciChange {}

    /// Adds a section at the end, or gives the one of this name another type.
    record PutSection(String section, String type) implements UciChange {}

    /// Adds a section at the end; refused where there is one of this name.
    record AddSection(String section, String type) implements UciChange {}

    /// Adds an anonymous section at the end.
    ///
    /// @param id by which the changes after it mean it
    record AddAnonymous(String id, String type) implements UciChange {}

    record DeleteSection(String section) implements UciChange {}

    /// Gives a section another name; an anonymous one becomes named by it for good.
    record RenameSection(String section, String name) implements UciChange {}

    record RenameOption(String section, String option, String name) implements UciChange {}

    /// Moves a section.
    ///
    /// @param position from 0, among all sections
    record Reorder(String section, int position) implements UciChange {}
}
