// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

/// User name and password for the broker (R-MQTT.7). Its text shows no password.
public record MqttLogin(String userName, String password) {
    @Override
    public String toString() {
        return "login of " + userName;
    }
}
