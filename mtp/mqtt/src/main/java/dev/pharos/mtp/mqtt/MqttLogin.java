// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// User name and password for the broker (R-MQTT.7). Its text shows no password.
///
/// @param file where the password stands, for who changes it there while we run
public record MqttLogin(String userName, String password, Optional<Path> file) {
    public MqttLogin(String userName, String password) {
        this(userName, password, Optional.empty());
    }

    /// @param file holds the password, one line
    /// @throws IOException where it cannot be read
    public static MqttLogin ofFile(String userName, Path file) throws IOException {
        return new MqttLogin(userName, read(file), Optional.of(file));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    /// The login with what stands in its file now; as it is where that cannot be read or holds nothing, as while
    /// somebody writes it. May wait for the disk.
    MqttLogin asItStands() {
        if (file.isEmpty()) {
            return this;
        }
        try {
            String now = read(file.get());
            return now.isEmpty() ? this : new MqttLogin(userName, now, file);
        } catch (IOException unreadable) {
            return this;
        }
    }

    @Override
    public String toString() {
        return "login of " + userName;
    }
}
