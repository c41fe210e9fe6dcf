// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/// The order and the pages of a [DeviceQuery] as SQL. Pages continue after the last row shown (its sort value and id),
/// so that devices which
/// come or go between two pages neither repeat nor hide others.
record DeviceListing(DeviceQuery query, Optional<Position> after) {

    /// @param key the sort value of the last row shown; empty where the id is the order
    record Position(String key, String id) {}

    /// @throws IllegalArgumentException where the cursor is none of ours
    static DeviceListing of(DeviceQuery query) {
        if (query.cursor().isEmpty()) {
            return new DeviceListing(query, Optional.empty());
        }
        String text = new String(Base64.getUrlDecoder().decode(query.cursor()), StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n');
        if (end < 0) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
        Position position = new Position(text.substring(0, end), text.substring(end + 1));
        if (query.sort() == DeviceQuery.Sort.LAST_SEEN) {
            requireTime(position.key());
        }
        return new DeviceListing(query, Optional.of(position));
    }

    private static void requireTime(String text) {
        try {
            Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("not a cursor of this list", wrong);
        }
    }

    String order() {
        String direction = query.descending() ? " desc" : "";
        return switch (query.sort()) {
            case ID -> "id" + direction;
            case LAST_SEEN -> "last_seen" + direction + ", id" + direction;
            case MODEL_NAME -> "model_name" + direction + ", id" + direction;
        };
    }

    String position() {
        if (after.isEmpty()) {
            return "";
        }
        String beyond = query.descending() ? " < " : " > ";
        return switch (query.sort()) {
            case ID -> " and id" + beyond + ":id";
            case LAST_SEEN -> " and (last_seen, id)" + beyond + "(:key, :id)";
            case MODEL_NAME -> " and (model_name, id)" + beyond + "(:key, :id)";
        };
    }

    void bindPosition(Query statement) {
        if (after.isEmpty()) {
            return;
        }
        Position position = after.get();
        statement.bind("id", position.id());
        switch (query.sort()) {
            case ID -> {}
            case LAST_SEEN -> statement.bind("key", Storable.time(Instant.parse(position.key())));
            case MODEL_NAME -> statement.bind("key", position.key());
        }
    }

    /// @param found one row more than asked for, where there are more
    DevicePage page(List<DeviceRecord> found, long total) {
        if (found.size() <= query.limit()) {
            return new DevicePage(found, Optional.empty(), total);
        }
        List<DeviceRecord> items = found.subList(0, query.limit());
        DeviceRecord last = items.getLast();
        String key = switch (query.sort()) {
            case ID -> "";
            case LAST_SEEN -> last.lastSeen().toString();
            case MODEL_NAME -> last.identity().modelName();
        };
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((key + "\n" + last.id()).getBytes(StandardCharsets.UTF_8));
        return new DevicePage(items, Optional.of(cursor), total);
    }
}
