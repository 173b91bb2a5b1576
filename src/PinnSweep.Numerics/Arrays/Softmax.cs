namespace PinnSweep.Numerics.Arrays;

/// <summary>Softmax with the maximum subtracted first, so that arguments of any size are safe.</summary>
internal static class Softmax
{
    /// <summary>
    /// Replaces the values by total · softmax(values). Arguments are held within ±1e300 so that their differences stay finite.
    /// </summary>
    public static void InPlace(Span<double> values, double total)
    {
        var max = double.NegativeInfinity;
        foreach (ref var value in values)
        {
            value = Math.Clamp(value, -1e300, 1e300);
            max = Math.Max(max, value);
        }

        var sum = 0.0;
        foreach (ref var value in values)
        {
            value = Math.Exp(value - max);
            sum += value;
        }

        foreach (ref var value in values)
        {
            value *= total / sum;
        }
    }
}
