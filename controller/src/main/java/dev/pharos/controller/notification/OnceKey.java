// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// By what a repeated notification is recognised: its sender, its `msg_id`, and what it says, since some
/// devices number their messages anew after a restart.
final class OnceKey {
    private OnceKey() {}

    static String of(EndpointId device, MessageId id, DeviceEvent event) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<String> parts = new ArrayList<>(List.of(
                    device.toString(),
                    id.value(),
                    event.subscriptionId(),
                    event.kind().text(),
                    event.path(),
                    event.name(),
                    event.value()));
            new TreeMap<>(event.args()).forEach((name, value) -> {
                parts.add(name);
                parts.add(value);
            });
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
