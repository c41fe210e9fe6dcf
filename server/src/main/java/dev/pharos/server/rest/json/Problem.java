// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Problem details (RFC 9457), with what USP says where a device refused.
///
/// @param field which field of the request is wrong
/// @param approval as what it waits for a second person; nothing was done yet
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable Long errCode,
        @Nullable String errMsg,
        @Nullable List<ProblemParamError> paramErrs,
        @Nullable Long approval) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null, null, null);
    }

    public record ProblemParamError(String paramPath, long errCode, String errMsg) {}
}
