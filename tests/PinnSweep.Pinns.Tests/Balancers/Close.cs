namespace PinnSweep.Pinns.Tests.Balancers;

/// <summary>Comparison of vectors within a relative tolerance.</summary>
internal static class Close
{
    public static void Assert(double[] expected, ReadOnlySpan<double> actual, double tolerance = 1e-9)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Xunit.Assert.Equal(expected[k], actual[k], tolerance * Math.Max(1, Math.Abs(expected[k])));
        }
    }
}
