using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Scales;

/// <summary>Physical points of points in own units: where a value belongs to a point, that very point with all its digits.</summary>
internal sealed class OwnPoints
{
    private readonly ProblemUnits _units;
    private readonly Dictionary<string, double[]> _known = new(StringComparer.Ordinal);

    /// <summary>Prepares points.</summary>
    /// <param name="units">The units.</param>
    /// <param name="points">Row-major, physical; none where no value belongs to a point.</param>
    public OwnPoints(ProblemUnits units, ReadOnlySpan<double> points)
    {
        _units = units;
        var own = new double[units.Coordinates.Length];
        for (var i = 0; i < points.Length; i += own.Length)
        {
            var point = points.Slice(i, own.Length);
            units.ToOwn(point, own);
            _known.TryAdd(Measurements.Key(own), point.ToArray());
        }
    }

    /// <summary>The physical point.</summary>
    public double[] Physical(ReadOnlySpan<double> own) => (_known.Count > 0 ? _known.GetValueOrDefault(Measurements.Key(own)) : null) ?? _units.ToPhysical(own);
}
