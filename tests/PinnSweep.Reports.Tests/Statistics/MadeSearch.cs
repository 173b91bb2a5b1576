namespace PinnSweep.Reports.Tests.Statistics;

/// <summary>
/// 2,000 random proposals of four parameters on one problem, the shape of published sweeps: places from Weyl's sequences, scores over four
/// decades, one corner in which most fail. The same formulas stand in <c>frozen-searches.py</c>.
/// </summary>
internal sealed class MadeSearch
{
    public const int Count = 2000;

    public double[] Rate { get; } = Weyl(2);

    public double[] Weight { get; } = Weyl(3);

    public int[] Width { get; } = [.. Weyl(5).Select(u => (int)Math.Floor(4 * u))];

    public int[] Activation { get; } = [.. Weyl(7).Select(u => (int)Math.Floor(3 * u))];

    /// <summary>log10 of the score; +∞ where failed.</summary>
    public double[] Logs { get; }

    public double[] Scores { get; }

    public double[] Truth { get; }

    public MadeSearch()
    {
        var (noise, luck) = (Weyl(11), Weyl(13));
        Logs = [.. Enumerable.Range(0, Count).Select(i => Rate[i] > 0.93 && noise[i] > 0.3 ? double.PositiveInfinity
            : -4 + (8 * Math.Pow(Rate[i] - 0.6, 2)) + (0.5 * Math.Abs(Weight[i] - 0.3)) + (0.1 * Width[i]) + (Activation[i] == 2 ? 0.1 : 0) + (0.6 * (noise[i] - 0.5)))];
        Scores = [.. Logs.Select(log => Math.Pow(10, log))];
        Truth = [.. Logs.Select((log, i) => Math.Pow(10, (0.8 * log) + luck[i] - 1))];
    }

    private static double[] Weyl(int prime) => [.. Enumerable.Range(1, Count).Select(i => (i * Math.Sqrt(prime)) - Math.Floor(i * Math.Sqrt(prime)))];
}
