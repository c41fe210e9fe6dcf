// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a dead agent's journal says it had promised to tell, and what of it had been acknowledged. Read
/// between the end of one process and the start of the next, which shortens the journal.
final class PromisedNotifications {
    private final String path;
    private final Map<String, String> valueOf = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();

    /// @param path the parameter whose changes count
    PromisedNotifications(String path) {
        this.path = path;
    }

    void read(Path journal) throws IOException, MalformedInputException {
        if (!Files.exists(journal)) {
            return;
        }
        String content = Files.readString(journal, StandardCharsets.UTF_8);
        // what follows the last end of line was cut off
        for (String line : content.substring(0, content.lastIndexOf('\n') + 1).split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 5 && words[1].equals("A")) {
                promised(MessageCodec.decode(Bytes.adopt(Base64.getDecoder().decode(words[4]))));
            } else if (words.length == 4 && words[1].equals("D") && valueOf.containsKey(words[3])) {
                acknowledged.add(words[3]);
            }
        }
    }

    private void promised(UspMessage message) {
        if (message.body() instanceof NotifyRequest notify
                && notify.notification() instanceof Notification.ValueChange change
                && change.paramPath().equals(path)) {
            valueOf.put(message.id().value(), change.paramValue());
        }
    }

    /// Every value that the agent had promised to tell.
    List<String> values() {
        return new ArrayList<>(valueOf.values());
    }

    int acknowledged() {
        return acknowledged.size();
    }
}
