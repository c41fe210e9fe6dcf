// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.device.firmware.ImageOrder.Login;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageOrderTest {
    private static final Login LOGIN = new Login("me", "word");

    private static ImageOrder order(String url) {
        return new ImageOrder(URI.create(url), Optional.of(LOGIN), 7, Optional.empty(), true);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/a/b.zip,                https://h/a/b.zip.sig",
        "https://h:7/b.zip?token=x%20&y=1, https://h:7/b.zip.sig?token=x%20&y=1",
        "http://h,                         http://h/.sig",
        "http://[::1]:8/a%2Fb,             http://[::1]:8/a%2Fb.sig"
    })
    void a_file_beside_another_has_the_same_query_and_login(String url, String beside) {
        assertThat(order(url).beside(".sig"))
                .isEqualTo(new ImageOrder(URI.create(beside), Optional.of(LOGIN), 0, Optional.empty(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/x,      true",
        "https://H/x,      true",
        "https://h:444/x,  false",
        "http://h/x,       false",
        "https://other/x,  false"
    })
    void the_login_is_for_the_server_of_the_file_alone(String url, boolean shown) {
        assertThat(order("https://h/a.zip").elsewhere("Signature", url).login().isPresent())
                .isEqualTo(shown);
    }

    @Test
    void where_another_file_cannot_be_is_said_by_the_argument() {
        assertThatThrownBy(() -> order("https://h/a.zip").elsewhere("Signature", "ftp://h/x"))
                .hasMessageContaining("Signature: only https and http");
    }
}
