using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>Whether an area hangs together: cells beside one another do where they share more than a point of the line between them.</summary>
internal static class ConnectedParts
{
    /// <summary>The area of each part.</summary>
    public static IReadOnlyList<double> Of(IEnumerable<(double From, double To, ImmutableArray<(PlaneGraph Lower, PlaneGraph Upper)> Cells)> slabs, double tolerance)
    {
        List<(double From, double To, PlaneGraph Lower, PlaneGraph Upper)> cells = [.. slabs.SelectMany(slab => slab.Cells.Select(cell => (slab.From, slab.To, cell.Lower, cell.Upper)))];
        var part = Enumerable.Range(0, cells.Count).ToArray();
        for (var i = 0; i < cells.Count; i++)
        {
            for (var k = 0; k < i; k++)
            {
                var (left, right) = cells[k].To <= cells[i].From + tolerance ? (cells[k], cells[i]) : (cells[i], cells[k]);
                if (Math.Abs(left.To - right.From) <= tolerance && Math.Min(left.Upper.At(left.To), right.Upper.At(left.To)) - Math.Max(left.Lower.At(left.To), right.Lower.At(left.To)) > tolerance)
                {
                    var (from, to) = (part[i], part[k]);
                    part = [.. part.Select(number => number == from ? to : number)];
                }
            }
        }

        return [.. cells.Select((cell, i) => (Part: part[i], Area: cell.Upper.Integral(cell.From, cell.To) - cell.Lower.Integral(cell.From, cell.To)))
            .GroupBy(cell => cell.Part).Select(group => group.Sum(cell => cell.Area))];
    }
}
