// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

/// Login and passcode for the broker (R-STOMP.3). Its text shows no passcode.
public record StompLogin(String login, String passcode) {
    @Override
    public String toString() {
        return "login of " + login;
    }
}
