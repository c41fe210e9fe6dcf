// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.MalformedInputException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The shape that the results of Set, Add, Delete, Register and Deregister share: the requested path, and the
/// oneof that says whether it failed or succeeded.
final class ResultFields {
    static final int OPER_FAILURE = 1 << 3 | LEN;
    static final int OPER_SUCCESS = 2 << 3 | LEN;

    private static final int REQUESTED_PATH = 1 << 3 | LEN;
    private static final int OPER_STATUS = 2 << 3 | LEN;

    private ResultFields() {}

    /// @param <S> the status
    /// @param <R> the result
    static <S, R> R read(
            WireReader in,
            WireReader.Nested<? extends S> failure,
            WireReader.Nested<? extends S> success,
            BiFunction<String, S, R> make)
            throws MalformedInputException {
        String requestedPath = "";
        S status = null;
        while (in.next()) {
            switch (in.tag()) {
                case REQUESTED_PATH -> requestedPath = in.string();
                case OPER_STATUS -> {
                    in.requireUnset(status, "oper_status");
                    status = in.nested(each -> readStatus(each, failure, success));
                }
                default -> in.skip();
            }
        }
        return make.apply(requestedPath, in.requireSet(status, "oper_status"));
    }

    private static <S> S readStatus(
            WireReader in, WireReader.Nested<? extends S> failure, WireReader.Nested<? extends S> success)
            throws MalformedInputException {
        @Nullable S status = null;
        while (in.next()) {
            switch (in.tag()) {
                case OPER_FAILURE -> {
                    in.requireUnset(status, "oper_status");
                    status = in.nested(failure);
                }
                case OPER_SUCCESS -> {
                    in.requireUnset(status, "oper_status");
                    status = in.nested(success);
                }
                default -> in.skip();
            }
        }
        return in.requireSet(status, "oper_status");
    }

    static <S> void write(WireWriter out, String requestedPath, S status, WireWriter.Content<S> content) {
        out.string(REQUESTED_PATH, requestedPath);
        out.nested(OPER_STATUS, status, content);
    }
}
