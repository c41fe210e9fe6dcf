// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;

/// What Add and Set share: the parameters to write, and those that could not be written.
final class ParameterFields {
    private static final int PARAM = 1 << 3 | LEN;
    private static final int VALUE = 2 << 3 | LEN;
    private static final int REQUIRED = 3 << 3 | VARINT;

    private ParameterFields() {}

    static ParameterSetting readSetting(WireReader in) throws MalformedInputException {
        String param = "";
        String value = "";
        boolean required = false;
        while (in.next()) {
            switch (in.tag()) {
                case PARAM -> param = in.string();
                case VALUE -> value = in.string();
                case REQUIRED -> required = in.bool();
                default -> in.skip();
            }
        }
        return new ParameterSetting(param, value, required);
    }

    static void writeSetting(WireWriter out, ParameterSetting setting) {
        out.string(PARAM, setting.param());
        out.string(VALUE, setting.value());
        out.bool(REQUIRED, setting.required());
    }

    static ParameterError readError(WireReader in) throws MalformedInputException {
        return FaultFields.readAtPath(in, ParameterError::new);
    }

    static void writeError(WireWriter out, ParameterError error) {
        FaultFields.writeAtPath(out, error.param(), error.fault());
    }
}
