/** A page that says "Patient: Jane Doe", encrypted by qpdf 11.3 (gzip, base64). The last needs a password; the others open without. */
export const ENCRYPTED: readonly (readonly [scheme: string, file: string])[] = [
  [
    'RC4 of 40 bits (revision 2)',
    'H4sIAAAAAAACA2VTvWsUQRwthW3FyubXXBEk7szsfMq6YD5Og0qOS6JFSDG7M3NuOHfD7kQSS7FQsLewEUv/AZWAov+AhSKWVoKFnyAWisjt3S' +
      'UrN9Xw9r3fe2/5Tae31J3Hp0XQefHr0d8AA4Iy3Q7iGMKeHtgaIkDQh3B9f8dCuKi9HpYDSJLAFmZEJC3Beu6HFmKtsaMYWeWoTlrUqEVdLHcL' +
      'DxjCi7mpYRNo47I19RlbH0npf9LC28LXwMbJLluT64VyDzYBAQKOCQhFRrN6urKFnzbo27rcrTJbw2hKtyz8+IKBN4RklLUdoOXPWv6XbDHw14' +
      'BHEHbzobcVhN2h9nbJZqVpRLWvrL4evL7382X86eu7zx/ePH+6jubObJzle3H2Njo593vr46n3x37cMnfvv+r/+XJwPnr47Mm3253H298X+Ynj' +
      'JDm488AWZjJoEoK3Qizo2jYVwgt2eMP6PNMQLhdZafJiAOHVvDhX1PkRsLab+qbYqB6etmwmHLUULYNptTWvC6Mrc9ibIghXIWZK2zRDKSHSIK' +
      'KxMVg7I1LLiDaEKu1Mxp0R2DpFIqqpSp1m3KaCZBJhnUDYg3kKYR8IhBsQC2VomglCMMmMVDTlXFppBFGIO4y1NJqbiFBFqeVcMUqlwjxVqXCR' +
      '4dglEF4B3GqzV1kXIJABOjzAGYsYODjEMIPxl+II43QGw0jMYpzPYETNaimZ1TLS4vlK50NbNdu4UrgSyGRhy3L0RJr7Wn7TgoRwZQk2Y4QwJi' +
      'SKKGWMcyGkVErrNM0yY6x1LokRstqk3CAnmZQCUS6zFAuppEOCUZ1sNdtS7e94EJPtD2qvK9/8NRGhoNNZXu0G/wAat/doHwQAAA==',
  ],
  [
    'RC4 of 128 bits (revision 3)',
    'H4sIAAAAAAACA2VTO2sUURjFRyFDOgtT+PiaLePc970Dy4p5LAaVLHloEYLcmftNHFln4sxdSYKCYOcPsLQQVLC1sRGbYGUtaiGIWNhY2Nip7O' +
      'wmGdlbXc6c851zhu+2evPdGXpeB623v5/+CSgQKOJbQbsNYc9uYgUcCCxDuLqzhRDOWW/7xSZ0OgHmbkhkDcFq5vsIbUZSZAQTKqXuNKi8QZ0r' +
      'BrkHCuHlzFWwDqJ22dj3GVkfSsV/0txj7iuQo2RX0WV2ttiGdSBAQFEGOmLDWT1bYu73GyxjVQzKBCsYTukWuR9dKKia0BlmbQZo+MuG/xXMN/' +
      '1NUBzCbtb3WELY7VuP85gUrhZVvkR7O/jZP7Px4516/3Ba8+cnwzevjh1deLn7ZO3Z3u7fx9+mpz6cu3Dj+OALeXDvk935+vnX2dePTn/8vnfn' +
      '1NSLI9GJ+5i78aBxCNUIMWsrrCuEl7B/F32WWAgX8qRwWb4J4fUsv5hX2SGwMoh9XWxYj+63rCccttQNg/1qK97mzpbuoDdlBsIlaCuZxoixVi' +
      'hURGPtEhHbGGUcUZqg0TRSKY8cSVJnSUpIxIjhhjMtKLeaig6EPZgREC4Dh3AN2ixVGi2LLYkJusgypjkyoblKjCXEEcqYkMpGNLYoKRdMc6tc' +
      'TLlIjE6GA68Ba9TZLjENCJiAHBxQUnIJKRxgVMLoS36IKTGBUaInMaUmMBZNagWb1ErW4PnSZn0s63VczNMC2Hhji2L4Rur7SraLYCBcnIf1Ni' +
      'GUMsa5EFIqpbUxUWRtHCeJc4hp2mkTgtbFypHUSGM0EcokMdUmMinRUtjORr0u5c6WBz1e/6DytvT1X9OcBq3WwlI3+Ae91TG/IAQAAA==',
  ],
  [
    'AES of 128 bits (revision 4)',
    'H4sIAAAAAAACA2VTz2sdVRTelrFLQZcnlCxcNHN//4DHg6TJo7GWpHmxtYQid+49k4y8zoSZ+0LalRVXoX+AFFxYcO/KigguXRTUTTduBMEfCG' +
      '7cFKSIzOS9vJE3qzPfPec73/fN3NXdzdFVuqaT1W9fPv03oUCgyj5IBgNId90hNsCBwB6k+w+OEdJrLrpJdQjDYYJlaBtZb2C/iBOEAaU6V0Qp' +
      'yb2jRGieS5cLohVRnHoqckKo8JlziJRxFJR5aZHz3HopLaphj5736K9V0zIChfRGERo4ANEpuzfXdi53MSr+N1pGLGMD8tzNTQyF26hO4QAIEF' +
      'CUgbas5dp1NZZx7noPm2pae2ygZRlVZTwvKKiuYdhq7Qvo7Ze9/e9geRiPwBBIR8UkYg3paOIibqKvQjfUxBrd/eTWN4/OLn12+dLPz77658nl' +
      'j7//dOXLV9/d3f5o/Ned31/bP3vvwy9O/d+Pw1trKyvP/vzkx5Nbv/1w4483zn4ir15/8vzKm0dfN2uPXjx++fnD93/5dePt51Msw4x5pkr1VG' +
      '24BjtP6XWcnGAsvIN0q/RVKMpDSO8U5XrZFAtgPM1i57T1S+e2O4aFbd2PfdTFNY5hVq1P49HWSRtwuln5nWMs26abkK5vjW+zi5yomic7T2sc' +
      'XRlcHRYtzEC6AwMl8wwx0wqFsjTTwYvMZSgzS6lHo6lVObeB+Dw4khNiGTHccKYF5U5TMYR0F64KSPdAtGvuj+Z603GsFy/vwoDlSqNjmSMZwW' +
      'AdY5ojE5orbxwhgVDGhFTO0syhpFwwzZ0KGeXCG+3bVbdB9KI6rTFPCJiEXDygpOQScrjAqITzk3KBKbGEUWmXMEbNEsaFWsKEXcak5Qss1q6Y' +
      'YN19wu0yr4DNrkdVtReyq8fFQwQD6fYmHAwIoZQxzoWQUimtjbHWuSzzPgTEPB8OCEEXMhVIbqQxmghlfEa1sSYnWgo3vNf9ivWD4wh6dteSJr' +
      'o6dqkZy5LV1a2dUfIft7PRfMEEAAA=',
  ],
  [
    'AES of 256 bits (revision 6)',
    'H4sIAAAAAAACA2VUu4sdVRgXixAuwcZCweZT2cJAds77Ea8XdrP3YtiEXfYmK2RJcR7f2Yy5O7PMzC4bC6NBEAttRUtBSGNlp4JYWKQJYmNjYe' +
      'FfYIRg4YOZvS/ZYYrv/M73+v34zreyvTG6RFd1b+X7p1/806NAoPRv9/p9yIYnDRZ1XhY1tMe1jfVhZ6y7Gnexam8go6t6yfMaHuMEDAwG7Z9t' +
      'u32sgQOBHchu3DtEyK64xk3KfRgMeljEthRbKnkjbyYIfa8085rqoDXxThtviQ9CRcmiCEmrYLmXgRmmMEVDNYsuEMuRKUGjYHqwlJ4vpb9SHh' +
      'UNUMg281jDHoius9uz3k7bXYSK/4UWDRZNDfKUzXWMuVsvT2APCBBQlIG2rM217SosmhnrHazLoyrgqYajsmhODQqqc5gqtWhgqb5cqn8Ni/3m' +
      'DhgC2SifNFhBNpq4BjcwlLELqpsK3UHv8cvm7v360RtP37//+3MXX3nm1t8Pf/rlkz8v3/1t9cUHP5574Y/nv/nqryePXzr/8weP3j08t5k+u7' +
      'j54eqXP/z66XfPfnzhyasXXn/t3wcPD7/+9vytlc/fO/4IizjNPO1KLXXVjkLHKXsTJ8fY5MFBNixCGfNiH7K38mKtqPMFMD7yTce05UtntLsM' +
      'C9p6WfZRJ9e4iVNr7ai5MzxuBc42yrB1iEXrdB2yteF4l8914mym7EytceOK6Ko4d2FSQbYFfSM0KmEji0kRlnyIJAkTNAsRtUXrFDPW0OijJB' +
      'otTTx45mISCRWznCTCJdOBaiY0sYQyz6w2QaAR1GEgA8i2htBXTnAVlRfc2BCU4VZbxYnBaJFZLoMP2iaefERvFaEiaWkitcYo46QK7XOCSwKy' +
      'bawOaugLwtE77xMmIakikjCZKIogWHIysAFkO6Ba3gejmYDZuKkWh5vQR06kldz45J2kQpFEBUqGTqBUnmqSiLM0spQ0Qa65CC45ypiVIqJIJG' +
      'LQ0QluYpKSUbSdhgJdiCkRLwaQ3RxCPzmuApXRGRQ8epaE1tyzFKML2gTU2qNlilidPBoUhEnhPBLJg5VMttx3QS6NyEmFqUfA9Mj8AyUll5Bg' +
      'jlEJpzfFHKOcnMEYO+vHjDiDCcrOYFKdxZS0C6ypXD7Bqhvdq0UqgU3XQlm2i6izx/k7CAayqxuw1yeEUsY4F0JKpbQ2xlrnvA8hRsSUBn1C0E' +
      'WvIklGGqOJUCZ4qo01iWgp3OB29wSre4cN6OmO6dWNq5pONcqI6q2sDLdGvf8Av3LEY/wFAAA=',
  ],
  [
    'a password',
    'H4sIAAAAAAACA2VUPWhkVRSGLcdCa6sDErXJvnP/74VhIMnM4LK7JmY2EVwWuT/nZUcn74X3XkLWBTttbLZQsRDBXezsFREsxJ9GtJAtBDuxEQ' +
      'QbLYRV3stMZpY8XnHud8/f93HuWdsZjtfZZdNb++qf+496DBDK8Fqv34dsdNpQUU/Loob2uDHcHHXGpq9pn6r2BjJ22ax4XqMTmoGFwaD9sx1/' +
      'QDUIQNiF7MadI4Jsyzd+Vh7AYNCjIrWl+ErJG9NmRtAPJGy0jiRGmxsWtWPBRx+9o6SCSShdHrQTPKBSiZSSPkqpHHHjg4k4WEkvVtJvlcdFAw' +
      'yyq9NUw02QXWe3Fr2dtbsMlY+FFg0VTQ3qjM11SlO/WZ7CTUBA0IyDcbzNteMrKpoF612qy+Mq0pmG47JozgwGunOYK7VsYKW+Wql/jYqD5jZY' +
      'hGw8nTVUQTae+YaGFMvUBdVNRf6w9/DtX5556qV7b/Inflv/5J3+s8MnX5/U//3wxfrvf/u9v4b3Lv2Rv//j3U/f2vrQf/Yz+/j7Vz/67vlvP/' +
      'jz6cE3D/598Ojdn5779cW031z9+v7nDy+9cvfL96hI88zzrvRKV+0odJyyF2h2Qs00eshGRSzTtDiA7OVpsVHU0yUwOQ5Nx7Tlyxa0uwxL2mZV' +
      '9nEn16RJc2vjuLk9OmkFzoZl3D6ionW6DtnGaLIvznUSfKHsQq1J44vkq3TuwpWGbBv6gnlpjZbBhhiNF4k4eRkcS0k57kywhliwySlk6KWQMl' +
      'e5csYrQiYpOum81YYLQdwwbSVnPnGS3ERttFMDyLZH0A+JMdQ5Rx50CoZzQQYV+shMICTnI3mXOEdNKbfOqOSDsJFxVCZyK9rnBOsSsh2qDmvo' +
      '28hIMseYzoNwyjhClRuhvArEvXUDyHZBt7wPxwsBs0lTLQ970McUJKHNMQjBhAtkonOWcSEl45xp41NENIRWSI3MsBRcMiHqhEInp3hwUTuLyB' +
      'GZV9p4QUJY8s4rjc4OINsbQd94JzgSIx08dzZ6tJYzJklwo1F6ywWF5LS3ilsjuch1rkJQSuookmy574NaGZHTivIegu3h+QdaKaEgh3OMKTi7' +
      'Kc4xJvACxvlFP27lBUwyfgFT+iKmlVtiTeWnM6q60b1S5CXw+Vooy3YRdfZk+gaBhezKEG72ERnjXAgpldLaGGud8z6EGFMiyvNBH5F8Cjphbp' +
      'W1BqW2MTBjnc3RKOkHt7onWN05asDMd0yvbnzVdKoxjrq3tjbaHvf+BwbkHev8BQAA',
  ],
];
