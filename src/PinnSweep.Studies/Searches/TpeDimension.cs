using System.Runtime.InteropServices;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// What one dimension knows: the density l of the good points and g of the others. Points for which it means nothing, or whose value it
/// cannot place (a default that no number of the range is), tell it nothing. Places are those of the values: what is judged is what would
/// be proposed, rounded.
/// </summary>
internal sealed class TpeDimension
{
    private readonly DimensionScale _scale;
    private readonly TpeDensity _good;
    private readonly List<double> _badPlaces;

    // Where values are few, the same ones are drawn again and again, most of all when a space is nearly used up.
    private readonly Dictionary<SpecValue, double> _ratios = [];
    private TpeDensity? _bad;

    /// <summary>From the values of good and other points, the oldest first.</summary>
    public TpeDimension(DimensionScale scale, IEnumerable<SpecValue?> good, IEnumerable<SpecValue?> bad)
    {
        _scale = scale;
        _good = TpeDensity.Of(scale, CollectionsMarshal.AsSpan(Places(good)));
        _badPlaces = Places(bad);
    }

    /// <summary>A value with the largest l/g of <see cref="Tpe.Candidates"/> drawn from l, the first of several.</summary>
    public SpecValue Propose(RandomStream stream)
    {
        var (best, most) = (_scale.At(0), double.NegativeInfinity);
        for (var i = 0; i < Tpe.Candidates; i++)
        {
            var value = _scale.At(_good.Draw(stream));
            var ratio = Ratio(value);
            if (ratio > most)
            {
                (best, most) = (value, ratio);
            }
        }

        return best;
    }

    /// <summary>l/g of a value, which grows with the expected improvement (Bergstra et al. 2011, equation 4).</summary>
    public double Ratio(SpecValue value)
    {
        if (_scale.Count is null || !_ratios.TryGetValue(value, out var ratio))
        {
            _bad ??= TpeDensity.Of(_scale, CollectionsMarshal.AsSpan(_badPlaces));
            var place = _scale.UnitOf(value);
            ratio = _good.At(place) / _bad.At(place);
            if (_scale.Count is not null)
            {
                _ratios.Add(value, ratio);
            }
        }

        return ratio;
    }

    /// <summary>One more of the others.</summary>
    public void AddBad(SpecValue? value)
    {
        _badPlaces.AddRange(Places([value]));
        _bad = null;
        _ratios.Clear();
    }

    private List<double> Places(IEnumerable<SpecValue?> values) =>
        [.. values.OfType<SpecValue>()
            .Where(value => _scale is DimensionScale.Choice choice ? choice.Values.Contains(value) : value is SpecValue.Number { Value: not double.NaN })
            .Select(_scale.UnitOf)];
}
