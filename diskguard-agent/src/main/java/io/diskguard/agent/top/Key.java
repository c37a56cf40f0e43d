/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

/**
 * A key that was pressed. Immutable.
 *
 * @param letter of {@link Kind#LETTER}; a blank else
 */
record Key(Kind kind, char letter) {
    enum Kind {
        LETTER,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        BACKSPACE,
        /** Nobody can press any more. */
        CLOSED,
        OTHER
    }

    static Key of(Kind kind) {
        return new Key(kind, ' ');
    }

    static Key letter(char letter) {
        return new Key(Kind.LETTER, letter);
    }
}
