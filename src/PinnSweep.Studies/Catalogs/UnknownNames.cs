using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogs;

/// <summary>A name in a level that must exist in the problem: that of a loss term, or of one of the problem's parameters.</summary>
/// <param name="Key">The parameter that it stands in.</param>
/// <param name="What">What it is the name of.</param>
/// <param name="Name">The name.</param>
/// <param name="Known">The names that the problem has.</param>
public sealed record NameOfProblem(string Key, string What, string Name, ImmutableArray<string> Known);

/// <summary>
/// Names that no problem has: slips of the pen. One that a problem of the study has and another lacks is none; the combination is n/a
/// there.
/// </summary>
public static class UnknownNames
{
    /// <summary>What is wrong with the names in a level, each message beginning with the factor's word.</summary>
    public static IEnumerable<string> Of(Catalog catalog, Factor factor, Level level, IReadOnlyCollection<Level> problems)
    {
        var names = problems.SelectMany(problem => catalog.NamesOf(factor, level, problem)).GroupBy(name => (name.Key, name.What, name.Name));
        return from name in names
               where !name.Any(of => of.Known.Contains(name.Key.Name))
               let known = name.SelectMany(of => of.Known).Distinct()
               select $"{factor.ToWord()} '{level.Kind}': '{name.Key.Key}' names the {name.Key.What} {NearestMatch.Quote(name.Key.Name)}, "
                   + $"which {(problems.Count == 1 ? "this problem does not have" : "no problem of this study has")}{NearestMatch.Hint(name.Key.Name, known)}";
    }

    /// <summary>The same for one cell.</summary>
    /// <exception cref="UserMistakeException">A level names what the problem does not have.</exception>
    public static void Check(Catalog catalog, CellLevels cell)
    {
        if (FactorWords.All.SelectMany(factor => Of(catalog, factor, cell[factor], [cell.Problem])).FirstOrDefault() is { } unknown)
        {
            throw new UserMistakeException(unknown);
        }
    }
}
