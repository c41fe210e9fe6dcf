// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// How commands of devices ended, as the history has it.
public final class CommandEnds {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Database database;

    public CommandEnds(Database database) {
        this.database = database;
    }

    /// What a device said of a command.
    ///
    /// @param outcome `success`, or the fault
    /// @param arguments of the notification
    public record End(Instant time, String outcome, Map<String, String> arguments) {
        public End {
            arguments = Frozen.map(arguments);
        }

        public boolean isSuccess() {
            return outcome.equals("success");
        }
    }

    /// @param key which the command was given
    /// @param since when that was
    /// @return empty where the device has said nothing yet
    public Optional<End> find(EndpointId device, String key, Instant since) {
        return database.with(handle -> handle.createQuery("""
                        select time, value, args from events
                        where device = :device and kind = 'OPERATION_COMPLETE' and time >= :since
                            and args ->> 'commandKey' = :key
                        limit 1
                        """)
                .bind("device", Storable.text(device.toString()))
                .bind("since", Storable.time(since))
                .bind("key", key)
                .map((rows, context) -> new End(
                        rows.getTimestamp("time").toInstant(),
                        rows.getString("value"),
                        JSON.readValue(rows.getString("args"), TEXTS)))
                .findOne());
    }
}
