// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

import java.io.IOException;

/// A program that starts another, says which, and waits.
final class LongSleep {
    private LongSleep() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Process child = Children.start(new ProcessBuilder("sleep", "600"));
        System.out.println(child.pid());
        child.waitFor();
    }
}
