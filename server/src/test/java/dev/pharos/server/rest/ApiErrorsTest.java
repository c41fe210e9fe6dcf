// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.HttpMessageNotWritableException;
import tools.jackson.core.exc.JacksonIOException;

class ApiErrorsTest {
    private static Optional<Integer> answer(IOException cause) {
        return Optional.ofNullable(new ApiErrors(UnaryOperator.identity())
                        .onAnythingElse(new HttpMessageNotWritableException(
                                "Could not write JSON", JacksonIOException.construct(cause))))
                .map(answer -> answer.getStatusCode().value());
    }

    @Test
    void whoever_left_while_the_answer_was_written_is_no_defect_and_what_else_fails_there_is_one() {
        assertThat(answer(new ClientAbortException(new IOException("Broken pipe"))))
                .isEmpty();
        assertThat(answer(new IOException("of another thing"))).hasValue(500);
    }
}
