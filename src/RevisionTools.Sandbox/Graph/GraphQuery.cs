using System.Text.RegularExpressions;

namespace RevisionTools.Sandbox;

/// <summary>A query over the table Resources, read clause by clause.</summary>
internal sealed class GraphQuery
{
    private readonly List<(string Column, Func<string, bool> Test)> _conditions = [];
    private string _orderColumn = "id";
    private bool _isDescending;

    private GraphQuery()
    {
    }

    internal IReadOnlyList<string> Columns { get; private set; } = GraphColumns.All;

    /// <summary>Reads a query of the known shapes.</summary>
    /// <exception cref="GraphException">A clause is of no known shape.</exception>
    internal static GraphQuery Parse(string text)
    {
        var clauses = GraphText.Clauses(text);
        if (!clauses[0].Equals("Resources", StringComparison.OrdinalIgnoreCase))
        {
            throw new GraphException(clauses[0]);
        }

        GraphQuery query = new();
        foreach (var clause in clauses.Skip(1))
        {
            query.Read(clause);
        }

        return query;
    }

    internal void Where(string column, Func<string, bool> test) => _conditions.Add((column, test));

    /// <summary>Names of columns do look at case, as in the real language.</summary>
    internal void Project(string columns)
    {
        Columns = columns.Split(',', StringSplitOptions.TrimEntries);
        if (Columns.FirstOrDefault(column => !GraphColumns.All.Contains(column)) is { } unknown)
        {
            throw new GraphException($"project {unknown}");
        }
    }

    /// <summary>Without a direction the language sorts downwards.</summary>
    internal void OrderBy(string column, string direction)
    {
        _orderColumn = column;
        _isDescending = !direction.Equals("asc", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The apps that fit, in order.</summary>
    internal SandboxApp[] Rows(IEnumerable<SandboxApp> apps, string tenantId)
    {
        var fitting = apps.Where(app =>
            _conditions.TrueForAll(condition => condition.Test(GraphColumns.Text(app, tenantId, condition.Column))));
        string Key(SandboxApp app) => GraphColumns.Text(app, tenantId, _orderColumn);
        return _isDescending
            ? [.. fitting.OrderByDescending(Key, StringComparer.OrdinalIgnoreCase).ThenBy(app => app.Id, StringComparer.OrdinalIgnoreCase)]
            : [.. fitting.OrderBy(Key, StringComparer.OrdinalIgnoreCase).ThenBy(app => app.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private void Read(string clause)
    {
        const string WhereWord = "where ";
        if (clause.StartsWith(WhereWord, StringComparison.OrdinalIgnoreCase))
        {
            foreach (var condition in GraphText.Conditions(clause[WhereWord.Length..]))
            {
                Apply(GraphShapes.Conditions, condition);
            }
        }
        else
        {
            Apply(GraphShapes.Clauses, clause);
        }
    }

    private void Apply(IEnumerable<GraphShape> shapes, string text)
    {
        foreach (var shape in shapes)
        {
            if (shape.Pattern.Match(text) is { Success: true } match)
            {
                ApplyShape(shape, match, text);
                return;
            }
        }

        throw new GraphException(text);
    }

    private void ApplyShape(GraphShape shape, Match match, string text)
    {
        try
        {
            shape.Apply(this, match);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // A pattern that is no regular expression, or one with a look-around or back reference.
            throw new GraphException(text);
        }
    }
}
