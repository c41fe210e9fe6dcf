// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.store;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The shortest list of changes that tells the same as a longer one: the last value of each parameter, the
/// rows that are left, and of each table the highest Instance Number that is gone, so that it is not used
/// again.
final class CompactChanges {
    /// In the order of paths, in which objects come before what is beneath them.
    private final TreeMap<String, Change> byPath = new TreeMap<>();
    private final Map<String, Long> highestGone = new HashMap<>();

    static List<Change> of(List<Change> changes) {
        CompactChanges compact = new CompactChanges();
        changes.forEach(compact::add);
        return new ArrayList<>(compact.byPath.values());
    }

    private void add(Change change) {
        switch (change) {
            case Change.ValueChanged changed ->
                byPath.put(changed.path(), new Change.ValueChanged(changed.path(), "", changed.after()));
            case Change.RowAdded added -> {
                if (byPath.get(added.path()) instanceof Change.RowAdded(String path, var before)) {
                    Map<String, String> values = new LinkedHashMap<>(before);
                    values.putAll(added.values());
                    byPath.put(path, new Change.RowAdded(path, Frozen.adopt(values)));
                } else {
                    byPath.put(added.path(), added);
                }
                added.values().keySet().forEach(name -> byPath.remove(added.path() + name));
            }
            case Change.RowDeleted deleted -> delete(deleted);
        }
    }

    private void delete(Change.RowDeleted deleted) {
        String path = deleted.path();
        byPath.subMap(path, path + Character.MAX_VALUE).clear();
        int start = path.lastIndexOf('.', path.length() - 2) + 1;
        String table = path.substring(0, start);
        long number = Long.parseLong(path, start, path.length() - 1, 10);
        long before = highestGone.getOrDefault(table, 0L);
        if (number >= before) {
            highestGone.put(table, number);
            if (byPath.get(table + before + ".") instanceof Change.RowDeleted) {
                byPath.remove(table + before + ".");
            }
            byPath.put(path, deleted);
        }
    }
}
