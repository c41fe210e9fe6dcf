// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The login of the server's own Controller, new at each start and known within this process only.
public record BrokerLogin(String userName, String password) {

    static BrokerLogin generate() {
        SecureRandom random = new SecureRandom();
        return new BrokerLogin("controller-" + hex(random, 8), hex(random, 32));
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /// Takes the same time whether or not, and wherever, the password differs.
    boolean opensWith(String givenPassword) {
        return MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), givenPassword.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the password, so that it gets into no log.
    @Override
    public String toString() {
        return userName;
    }
}
