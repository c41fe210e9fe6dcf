// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import java.util.Arrays;

/// The rows of a table by Instance Number. Immutable.
final class Rows {
    static final Rows NONE = new Rows(new long[0], new Node[0], 1);

    private final long[] numbers;
    private final Node[] nodes;
    /// Greater than every Instance Number that this table ever had.
    private final long next;

    private Rows(long[] numbers, Node[] nodes, long next) {
        this.numbers = numbers;
        this.nodes = nodes;
        this.next = next;
    }

    int size() {
        return numbers.length;
    }

    long next() {
        return next;
    }

    long number(int index) {
        return numbers[index];
    }

    Node node(int index) {
        return nodes[index];
    }

    /// The index of the row with this number, negative where there is none.
    int find(long number) {
        return Arrays.binarySearch(numbers, number);
    }

    Rows with(long number, Node node) {
        int found = find(number);
        if (found >= 0) {
            Node[] replaced = nodes.clone();
            replaced[found] = node;
            return new Rows(numbers, replaced, next);
        }
        int at = -found - 1;
        long[] moreNumbers = Arrays.copyOf(numbers, numbers.length + 1);
        Node[] moreNodes = Arrays.copyOf(nodes, nodes.length + 1);
        System.arraycopy(numbers, at, moreNumbers, at + 1, numbers.length - at);
        System.arraycopy(nodes, at, moreNodes, at + 1, nodes.length - at);
        moreNumbers[at] = number;
        moreNodes[at] = node;
        return new Rows(moreNumbers, moreNodes, Math.max(next, number + 1));
    }

    Rows without(int index) {
        long[] fewerNumbers = new long[numbers.length - 1];
        Node[] fewerNodes = new Node[nodes.length - 1];
        System.arraycopy(numbers, 0, fewerNumbers, 0, index);
        System.arraycopy(nodes, 0, fewerNodes, 0, index);
        System.arraycopy(numbers, index + 1, fewerNumbers, index, fewerNumbers.length - index);
        System.arraycopy(nodes, index + 1, fewerNodes, index, fewerNodes.length - index);
        return new Rows(fewerNumbers, fewerNodes, next);
    }

    /// The same rows, of which numbers up to this one count as used.
    Rows used(long number) {
        return number < next ? this : new Rows(numbers, nodes, number + 1);
    }

    /// No rows, but with the same numbers used.
    Rows emptied() {
        return next == NONE.next ? NONE : new Rows(NONE.numbers, NONE.nodes, next);
    }
}
