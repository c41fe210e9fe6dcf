// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.linux.RowSync.Wanted;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// `Device.Users.`: the accounts, groups and shells of the host's own files, never their secrets.
final class Accounts {
    static final String USERS = "Device.Users.";
    private static final String USER = USERS + "User.";
    private static final String GROUP = USERS + "Group.";
    private static final String SHELL = USERS + "SupportedShell.";
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_LIST = 1_024;
    private static final int USER_FIELDS = 7;
    private static final int GROUP_FIELDS = 4;
    private static final Set<String> NO_LOGIN = Set.of("nologin", "false");

    private final HostFiles files;
    private final RowSync rows;

    Accounts(HostFiles files, RowSync rows) {
        this.files = files;
        this.rows = rows;
    }

    /// A line of `/etc/passwd` or `/etc/group`.
    private record Entry(String name, long id, List<String> fields) {
        boolean hasMember(String user) {
            return List.of(fields.get(3).split(",")).contains(user);
        }
    }

    void publish(Transaction transaction) {
        UnaryOperator<String> shells = references(rows.sync(transaction, SHELL, shells()), "Name");
        List<Entry> groups = entries("/etc/group", GROUP_FIELDS);
        UnaryOperator<String> groupRows = references(
                rows.sync(
                        transaction, GROUP, groups.stream().map(Accounts::group).toList()),
                "Groupname");
        rows.sync(
                transaction,
                USER,
                entries("/etc/passwd", USER_FIELDS).stream()
                        .map(user -> user(user, participation(user, groups, groupRows), shells))
                        .toList());
    }

    private List<Wanted> shells() {
        return files.lines("/etc/shells").stream()
                .filter(line -> line.startsWith("/") && line.length() <= LONGEST_NAME)
                .distinct()
                .limit(Limits.SHELLS)
                .map(shell -> new Wanted(
                        Map.of("Name", shell),
                        Map.of("Enable", Boolean.toString(Files.isExecutable(files.path(shell))))))
                .toList();
    }

    private static Wanted group(Entry group) {
        return new Wanted(
                Map.of("Groupname", group.name()),
                Map.of("GroupID", Long.toString(group.id()), "Enable", "true", "StaticGroup", "true"));
    }

    private static Wanted user(Entry user, String groups, UnaryOperator<String> shells) {
        String shell = user.fields().get(6);
        boolean mayLogIn = !NO_LOGIN.contains(shell.substring(shell.lastIndexOf('/') + 1));
        return new Wanted(
                Map.of("Username", user.name()),
                Map.of(
                        "UserID", Long.toString(user.id()),
                        "Enable", Boolean.toString(mayLogIn),
                        "StaticUser", "true",
                        "GroupParticipation", groups,
                        "Shell", shells.apply(shell)));
    }

    /// The group that the account has, and those that list it; as many as the list may hold.
    private static String participation(Entry user, List<Entry> groups, UnaryOperator<String> rows) {
        StringBuilder list = new StringBuilder();
        for (Entry group : groups) {
            boolean main = user.fields().get(3).equals(group.fields().get(2));
            String row = rows.apply(group.name());
            if ((main || group.hasMember(user.name())) && list.length() + row.length() < LONGEST_LIST) {
                list.append(list.isEmpty() ? "" : ",").append(row);
            }
        }
        return list.toString();
    }

    /// Names and ids are unique here, so that a second account of the same id is left out.
    private List<Entry> entries(String file, int fields) {
        List<Entry> entries = new ArrayList<>();
        Set<Object> taken = new HashSet<>();
        for (String line : files.lines(file)) {
            String[] parts = line.split(":", -1);
            OptionalLong id = parts.length == fields ? HostFiles.parse(parts[2]) : OptionalLong.empty();
            if (entries.size() < Limits.ACCOUNTS
                    && id.isPresent()
                    && id.getAsLong() >= 0
                    && id.getAsLong() <= Unsigned.MAX_INT
                    && !parts[0].isEmpty()
                    && parts[0].length() <= LONGEST_NAME
                    && taken.add(parts[0])
                    && taken.add(id.getAsLong())) {
                entries.add(new Entry(parts[0], id.getAsLong(), List.of(parts)));
            }
        }
        return entries;
    }

    private static UnaryOperator<String> references(Map<Map<String, String>, String> paths, String key) {
        Map<String, String> byName = new HashMap<>();
        paths.forEach((keys, path) -> byName.put(keys.getOrDefault(key, ""), path.substring(0, path.length() - 1)));
        return name -> byName.getOrDefault(name, "");
    }
}
