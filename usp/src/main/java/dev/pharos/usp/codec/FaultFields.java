// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.FIXED32;
import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import java.util.Optional;
import java.util.function.BiFunction;

/// The shapes in which messages carry faults: a code and a text, alone or after a path.
final class FaultFields {
    private static final int ERR_CODE = 1 << 3 | FIXED32;
    private static final int ERR_MSG = 2 << 3 | LEN;
    private static final int PATH = 1 << 3 | LEN;
    private static final int PATH_ERR_CODE = 2 << 3 | FIXED32;
    private static final int PATH_ERR_MSG = 3 << 3 | LEN;

    private FaultFields() {}

    /// `{err_code = 1, err_msg = 2}`: OperationFailure and CommandFailure.
    static Fault read(WireReader in) throws MalformedInputException {
        int code = 0;
        String message = "";
        while (in.next()) {
            switch (in.tag()) {
                case ERR_CODE -> code = in.fixed32();
                case ERR_MSG -> message = in.string();
                default -> in.skip();
            }
        }
        return new Fault(ErrorCode.of(code), message);
    }

    static void write(WireWriter out, Fault fault) {
        out.fixed32(ERR_CODE, fault.errCode().code());
        out.string(ERR_MSG, fault.errMsg());
    }

    /// `{path = 1, err_code = 2, err_msg = 3}`: the ParameterErrors and UnaffectedPathError.
    static <T> T readAtPath(WireReader in, BiFunction<String, Fault, T> make) throws MalformedInputException {
        String path = "";
        int code = 0;
        String message = "";
        while (in.next()) {
            switch (in.tag()) {
                case PATH -> path = in.string();
                case PATH_ERR_CODE -> code = in.fixed32();
                case PATH_ERR_MSG -> message = in.string();
                default -> in.skip();
            }
        }
        return make.apply(path, new Fault(ErrorCode.of(code), message));
    }

    static void writeAtPath(WireWriter out, String path, Fault fault) {
        out.string(PATH, path);
        out.fixed32(PATH_ERR_CODE, fault.errCode().code());
        out.string(PATH_ERR_MSG, fault.errMsg());
    }

    /// The fault of a requested path, where code 0 says that there is none.
    static Optional<Fault> ofPath(int code, String message) {
        return code == 0 ? Optional.empty() : Optional.of(new Fault(ErrorCode.of(code), message));
    }
}
