namespace PinnSweep.Numerics.Spectral;

/// <summary>An interval divided into elements of one degree, neighbours sharing their common node.</summary>
internal sealed class ElementAxis
{
    private readonly double[] _ends;

    /// <summary>Divides an interval.</summary>
    /// <param name="ends">Where elements begin and end, rising.</param>
    /// <param name="element">The polynomials of each.</param>
    public ElementAxis(IEnumerable<double> ends, LobattoElement element)
    {
        (_ends, Element) = ([.. ends], element);
        Nodes = new double[(Elements * element.Degree) + 1];
        for (var i = 0; i < Nodes.Length; i++)
        {
            var e = Math.Min(i / element.Degree, Elements - 1);
            Nodes[i] = Place(e, i - (e * element.Degree));
        }
    }

    /// <summary>The polynomials of each element.</summary>
    public LobattoElement Element { get; }

    /// <summary>How many elements.</summary>
    public int Elements => _ends.Length - 1;

    /// <summary>All nodes, each once.</summary>
    public double[] Nodes { get; }

    /// <summary>Length of an element.</summary>
    public double Length(int element) => _ends[element + 1] - _ends[element];

    /// <summary>A node of an element; those at its ends are the ends themselves.</summary>
    public double Place(int element, int node) => node == 0 ? _ends[element] : node == Element.Degree ? _ends[element + 1] : _ends[element] + (0.5 * (1 + Element.Nodes[node]) * Length(element));

    /// <summary>The same, on the element's side of its ends, so that a function with jumps there has the value that it has within.</summary>
    public double PlaceWithin(int element, int node)
    {
        const double Nudge = 1e-10;
        var place = Place(element, node);
        return place + (Nudge * (_ends[element] + (0.5 * Length(element)) - place));
    }

    /// <summary>The first node and the weights from which the value at a place is interpolated.</summary>
    public (int First, double[] Weights) Interpolation(double place)
    {
        var e = 0;
        while (e < Elements - 1 && place > _ends[e + 1])
        {
            e++;
        }

        return (e * Element.Degree, Element.Interpolation(place == _ends[e] ? -1 : place == _ends[e + 1] ? 1 : (2 * (place - _ends[e]) / Length(e)) - 1));
    }

    /// <summary>Equal elements.</summary>
    public static ElementAxis Equal(double lower, double upper, int elements, LobattoElement element) =>
        new(Enumerable.Range(0, elements + 1).Select(i => lower + ((upper - lower) * i / elements)), element);
}
