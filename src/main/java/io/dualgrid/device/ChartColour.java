package io.dualgrid.device;

/** Colours of charts: Okabe and Ito's palette, which can be told apart with any colour vision. */
public enum ChartColour {
  YELLOW,
  SKY,
  ORANGE,
  GREEN,
  BLUE,
  PINK,
  RED,
  BROWN,
  GREY,
  INK
}
