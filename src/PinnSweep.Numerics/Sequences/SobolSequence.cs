using System.Numerics;

namespace PinnSweep.Numerics.Sequences;

/// <summary>
/// The Sobol sequence with 32 bits and the first entries of new-joe-kuo-6.21201 (Joe, Kuo, SIAM J. Sci. Comput. 30, 2008,
/// doi:10.1137/070709359), in the order of the Gray code.
/// </summary>
internal static class SobolSequence
{
    /// <summary>2⁻³².</summary>
    public const double Unit = 1.0 / (1UL << 32);

    /// <summary>
    /// Degree s and inner coefficients a of the primitive polynomial, and initial numbers m, from the second coordinate on.
    /// </summary>
    private static readonly (int S, uint A, uint[] M)[] Table =
    [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
        (5, 4, [1, 1, 5, 5, 5]),
        (5, 7, [1, 1, 7, 11, 1]),
    ];

    private static readonly uint[][] Directions = [Identity(), .. Table.Select(row => Recurrence(row.S, row.A, row.M))];

    /// <summary>Coordinates that there are direction numbers for.</summary>
    public static int Dimensions => Directions.Length;

    /// <summary>A coordinate of a point, in units of 2⁻³².</summary>
    public static uint Bits(int index, int dimension)
    {
        var bits = 0U;
        for (var gray = (uint)index ^ ((uint)index >> 1); gray != 0; gray &= gray - 1)
        {
            bits ^= Directions[dimension][BitOperations.TrailingZeroCount(gray)];
        }

        return bits;
    }

    private static uint[] Identity() => [.. Enumerable.Range(0, 32).Select(i => 1U << (31 - i))];

    private static uint[] Recurrence(int s, uint a, uint[] m)
    {
        var v = new uint[32];
        for (var i = 0; i < v.Length; i++)
        {
            if (i < s)
            {
                v[i] = m[i] << (31 - i);
                continue;
            }

            v[i] = v[i - s] ^ (v[i - s] >> s);
            for (var k = 1; k < s; k++)
            {
                v[i] ^= ((a >> (s - 1 - k)) & 1) * v[i - k];
            }
        }

        return v;
    }
}
