// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Makes tables hold exactly the rows that the host has, by the fewest changes. A row that returns gets the
/// Instance Number that it had.
///
/// Used within transactions, of which there is one at a time.
final class RowSync {
    /// By table and keys. A transaction that fails may leave a number here that no row got, which does no
    /// harm.
    private final Map<List<Object>, Long> numbers = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Long> eldest) {
            return size() > Limits.REMEMBERED_ROWS;
        }
    };

    /// A row as it shall be.
    ///
    /// @param keys all parameters of one unique key, in canonical form
    record Wanted(Map<String, String> keys, Map<String, String> values) {}

    /// @return the path of each wanted row, by its keys
    Map<Map<String, String>, String> sync(Transaction transaction, String tablePath, List<Wanted> wanted) {
        Map<Map<String, String>, Wanted> missing = new LinkedHashMap<>();
        wanted.forEach(row -> missing.putIfAbsent(row.keys(), row));
        Map<Map<String, String>, String> paths = new LinkedHashMap<>();
        for (ObjectInstance row : rows(transaction.snapshot(), tablePath)) {
            Map<String, String> keys = keys(row, wanted);
            Wanted same = missing.remove(keys);
            if (same == null) {
                transaction.delete(row.path());
            } else {
                paths.put(keys, row.path());
                write(transaction, row, same.values());
                remember(tablePath, keys, row.instanceNumber());
            }
        }
        missing.forEach((keys, row) -> paths.put(keys, add(transaction, tablePath, row)));
        return paths;
    }

    static void write(Transaction transaction, ObjectInstance object, Map<String, String> values) {
        values.forEach((name, value) -> {
            if (object.value(name).filter(value::equals).isEmpty()) {
                transaction.set(object.path() + name, value);
            }
        });
    }

    private String add(Transaction transaction, String tablePath, Wanted wanted) {
        Long known = numbers.get(List.<Object>of(tablePath, wanted.keys()));
        String path;
        if (known != null
                && transaction.snapshot().object(tablePath + known + ".").isEmpty()) {
            path = transaction.add(tablePath, known);
            wanted.keys().forEach((name, value) -> transaction.set(path(tablePath, known) + name, value));
        } else {
            path = transaction.add(tablePath, wanted.keys());
        }
        transaction.snapshot().object(path).ifPresent(row -> {
            write(transaction, row, wanted.values());
            remember(tablePath, wanted.keys(), row.instanceNumber());
        });
        return path;
    }

    private static String path(String tablePath, long number) {
        return tablePath + number + ".";
    }

    private void remember(String tablePath, Map<String, String> keys, OptionalLong number) {
        number.ifPresent(n -> numbers.put(List.of(tablePath, Map.copyOf(keys)), n));
    }

    private static Map<String, String> keys(ObjectInstance row, List<Wanted> wanted) {
        Map<String, String> keys = new LinkedHashMap<>();
        if (!wanted.isEmpty()) {
            wanted.getFirst()
                    .keys()
                    .keySet()
                    .forEach(name -> keys.put(name, row.value(name).orElse("")));
        }
        return keys;
    }

    static List<ObjectInstance> rows(Snapshot snapshot, String tablePath) {
        int dot = tablePath.lastIndexOf('.', tablePath.length() - 2) + 1;
        String name = tablePath.substring(dot, tablePath.length() - 1);
        return snapshot.object(tablePath.substring(0, dot))
                .map(holder -> holder.rows(name))
                .orElse(List.of());
    }
}
