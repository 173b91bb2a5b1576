using System.Text;
using PinnSweep.Studies.Mistakes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PinnSweep.Studies.Sources;

/// <summary>
/// Reads YAML into nodes that know their line. It goes over the parser's events instead of loading a document tree, because loading
/// recurses without a bound: depth and the number of nodes, aliases expanded, are limited here before they can hurt.
/// </summary>
public sealed class SourceReader
{
    /// <summary>Longer texts are refused.</summary>
    public const int MaximumBytes = 1 << 20;
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 200_000;

    private readonly Parser _parser;
    private readonly string _source;
    private readonly bool _hasLines;
    private readonly bool _hasColumns;
    private readonly MistakeList _mistakes;
    private readonly Dictionary<AnchorName, (SourceNode Node, int Size)> _anchors = [];
    private int _nodeCount;
    private Place _last;

    private SourceReader(string text, string source, bool hasLines, bool hasColumns, MistakeList mistakes)
    {
        _parser = new(new StringReader(text));
        _source = source;
        _hasLines = hasLines;
        _hasColumns = hasColumns;
        _mistakes = mistakes;
        _last = new(source, hasLines ? 1 : 0);
    }

    private ParsingEvent Current => _parser.Current!;

    private Place Here => At(Current.Start);

    /// <summary>The only document of the text; an empty text is an empty scalar.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="hasLines">Whether places have lines; a command-line option has none.</param>
    /// <param name="mistakes">Takes what is wrong.</param>
    /// <param name="hasColumns">Whether places have columns too.</param>
    /// <exception cref="UserMistakeException">The text cannot be read at all; tells what was gathered so far.</exception>
    public static SourceNode Read(string text, string source, bool hasLines, MistakeList mistakes, bool hasColumns = false)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
        {
            throw new UserMistakeException($"{source}: larger than 1 MiB; a study file is a page of text");
        }

        var reader = new SourceReader(text, source, hasLines, hasColumns, mistakes);
        try
        {
            return reader.Document();
        }
        catch (YamlException fault)
        {
            var line = hasColumns && fault.End.Line > 0 ? text.Split('\n').ElementAtOrDefault((int)fault.End.Line - 1) : null;
            var braces = line?.Contains("_{", StringComparison.Ordinal) == true ? " Braces are YAML's own: write u_xx, or put the expression in quotes." : "";
            mistakes.Add(reader.At(fault.End), $"not valid YAML: {fault.Message}{braces}");
            throw mistakes.ToException(fault);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or OverflowException)
        {
            // YamlDotNet 18 ends so on some broken texts, for instance a flow list that is never closed before a key.
            mistakes.Add(reader._last, "not valid YAML from here on; is a quote, bracket or brace not closed?");
            throw mistakes.ToException(fault);
        }
    }

    private Place At(Mark mark) => new(_source, _hasLines ? checked((int)mark.Line) : 0, _hasColumns ? checked((int)mark.Column) : 0);

    private SourceNode Document()
    {
        Next();
        Next();
        if (Current is StreamEnd)
        {
            return new SourceNode.Scalar(new(_source, _hasLines ? 1 : 0), "", Plain: true);
        }

        Next();
        var root = Node(0);
        Next();
        if (Current is DocumentStart)
        {
            _mistakes.Add(Here, "a second document begins here; one file holds one document");
        }

        return root;
    }

    private void Next()
    {
        if (_parser.MoveNext())
        {
            _last = Here;
        }
    }

    /// <summary>Reads the node that begins at the current event, and moves behind it.</summary>
    private SourceNode Node(int depth)
    {
        var place = Here;
        Count(place, 1);
        if (depth > MaximumDepth)
        {
            throw Unreadable(place, $"nested deeper than {MaximumDepth} levels");
        }

        if (Current is AnchorAlias alias)
        {
            Next();
            if (!_anchors.TryGetValue(alias.Value, out var target))
            {
                throw Unreadable(place, $"alias '*{alias.Value}' has no anchor before it");
            }

            Count(place, target.Size);
            return target.Node;
        }

        if (Current is not NodeEvent start)
        {
            throw Unreadable(place, "not valid YAML: expected a value here");
        }

        var before = _nodeCount;
        SourceNode node = start switch
        {
            Scalar scalar => ScalarNode(scalar, place),
            SequenceStart => ListNode(place, depth),
            _ => MapNode(place, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = (node, _nodeCount - before + 1);
        }

        return node;
    }

    private SourceNode.Scalar ScalarNode(Scalar scalar, Place place)
    {
        CheckTag(scalar, place, "tag:yaml.org,2002:str");
        Next();
        return new(place, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty) { TextColumn = TextColumn(scalar) };
    }

    /// <summary>A scalar that is as long in the file as its text, quotes apart, has no escape, fold or line break.</summary>
    private int TextColumn(Scalar scalar)
    {
        var quotes = scalar.Style == ScalarStyle.Plain ? 0 : 1;
        return _hasColumns && scalar.Start.Line == scalar.End.Line && scalar.Anchor.IsEmpty && scalar.Tag.IsEmpty &&
            scalar.End.Column - scalar.Start.Column == scalar.Value.Length + (2 * quotes)
            ? checked((int)scalar.Start.Column) + quotes
            : 0;
    }

    private SourceNode.List ListNode(Place place, int depth)
    {
        CheckTag((NodeEvent)Current, place);
        Next();
        var items = new List<SourceNode>();
        while (Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        Next();
        return new(place, items);
    }

    private SourceNode.Map MapNode(Place place, int depth)
    {
        CheckTag((NodeEvent)Current, place);
        var isExpressions = _hasColumns && Current is MappingStart { Style: MappingStyle.Flow };
        Next();
        var entries = new Dictionary<string, SourceEntry>(StringComparer.Ordinal);
        string? last = null;
        while (Current is not MappingEnd)
        {
            var keyPlace = Here;
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not SourceNode.Scalar { Text: var name } word)
            {
                _mistakes.Add(keyPlace, $"a key must be a word, found {key.Words}");
            }
            else if (name == "<<" && word.Plain)
            {
                _mistakes.Add(keyPlace, "merge keys '<<' are not known; plain aliases are (balancer: *base stands for the whole of it): write out what is the same and what differs");
                foreach (var merged in (value as SourceNode.Map)?.Entries ?? [])
                {
                    // So that nothing else is said to be missing.
                    entries.TryAdd(merged.Key, merged);
                }
            }
            else if (isExpressions && last is not null && FlowCommas.Join(entries[last], word, value) is { } joined)
            {
                entries[last] = joined;
            }
            else if (!entries.TryAdd(name, new(name, keyPlace, value)))
            {
                var first = entries[name].Place;
                _mistakes.Add(keyPlace, $"key {NearestMatch.Quote(name)} stands twice{(first.Line > 0 ? FormattableString.Invariant($", first in line {first.Line}") : "")}");
            }
            else
            {
                last = name;
            }
        }

        Next();
        return new(place, [.. entries.Values]);
    }

    private void CheckTag(NodeEvent node, Place place, string? allowed = null)
    {
        if (!node.Tag.IsEmpty && (node.Tag.IsNonSpecific || node.Tag.Value != allowed))
        {
            _mistakes.Add(place, $"tag {NearestMatch.Quote(node.Tag.ToString())} has no meaning here; leave it out");
        }
    }

    private void Count(Place place, int nodes)
    {
        _nodeCount = checked(_nodeCount + nodes);
        if (_nodeCount > MaximumNodes)
        {
            throw Unreadable(place, FormattableString.Invariant($"more than {MaximumNodes:N0} values, aliases expanded"));
        }
    }

    private UserMistakeException Unreadable(Place place, string text)
    {
        _mistakes.Add(place, text);
        return _mistakes.ToException();
    }
}
