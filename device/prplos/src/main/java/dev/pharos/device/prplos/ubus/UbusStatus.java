// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

/// How a request on the bus ended, by the numbers on the wire.
public enum UbusStatus {
    OK(0, "done"),
    INVALID_COMMAND(1, "a command that it does not know"),
    INVALID_ARGUMENT(2, "an argument is missing or wrong"),
    METHOD_NOT_FOUND(3, "no such method"),
    NOT_FOUND(4, "not found"),
    NO_DATA(5, "no data"),
    PERMISSION_DENIED(6, "not allowed"),
    TIMEOUT(7, "no answer in time"),
    NOT_SUPPORTED(8, "not supported"),
    UNKNOWN_ERROR(9, "an unknown error"),
    CONNECTION_FAILED(10, "no connection"),
    NO_MEMORY(11, "out of memory"),
    PARSE_ERROR(12, "not to be parsed"),
    SYSTEM_ERROR(13, "an error of the system");

    private final int code;
    private final String words;

    UbusStatus(int code, String words) {
        this.code = code;
        this.words = words;
    }

    public int code() {
        return code;
    }

    public String words() {
        return words;
    }

    /// Codes that are not known are an unknown error.
    static UbusStatus of(int code) {
        for (UbusStatus each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        return UNKNOWN_ERROR;
    }
}
